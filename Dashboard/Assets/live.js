// Lets a trace grow in place. Without this script the page shows the trace as it was when it was rendered.

function keepOpen(container, change) {
    const open = new Set([...container.querySelectorAll("details[open][data-span]")].map(details => details.dataset.span));
    change();
    for (const details of container.querySelectorAll("details[data-span]")) {
        details.open = open.has(details.dataset.span);
    }
}

function follow(container) {
    const stream = new EventSource(container.dataset.live);
    container.setAttribute("aria-busy", "true");
    const finish = () => {
        stream.close();
        container.removeAttribute("aria-busy");
    };
    stream.addEventListener("trace", event => keepOpen(container, () => { container.innerHTML = event.data; }));
    stream.addEventListener("done", finish);
    stream.addEventListener("error", finish);
}

// The kind of review matters for a review only, and an action for an agent only.
function dependOnEachOther(form) {
    const [agent, action, review] = ["agent", "action", "review-type"].map(id => form.querySelector("#" + id));
    const update = () => {
        action.disabled = agent.value === "";
        review.disabled = action.disabled || action.value !== "review";
    };
    form.addEventListener("change", update);
    update();
}

// Without this script a button does the same.
function offerReadableFirst(form) {
    const [agent, documents] = ["agent", "document"].map(id => form.querySelector("#" + id));
    const listed = [...documents.options].sort((one, other) => one.dataset.place - other.dataset.place);
    let chosen = documents.querySelector("option[selected]") !== null;
    documents.addEventListener("change", () => { chosen = true; });
    agent.addEventListener("change", () => {
        const reader = agent.value === "" ? "me" : "agent:" + agent.value;
        const isReadable = option => option.dataset.readers.split(" ").includes(reader);
        // An option that is moved is not selected any more.
        const document = documents.value;
        documents.append(...listed.filter(isReadable), ...listed.filter(option => !isReadable(option)));
        if (chosen) {
            documents.value = document;
        } else {
            documents.selectedIndex = 0;
        }
    });
}

document.querySelectorAll("[data-live]").forEach(follow);
document.querySelectorAll("form[data-try]").forEach(form => {
    dependOnEachOther(form);
    offerReadableFirst(form);
});
