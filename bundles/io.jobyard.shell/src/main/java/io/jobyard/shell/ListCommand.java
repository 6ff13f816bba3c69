// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobFacets;
import io.jobyard.api.JobId;
import io.jobyard.api.JobPage;
import io.jobyard.api.StatusReporter;
import io.jobyard.operations.api.Inputs;
import io.jobyard.shell.Form.FormCall;
import io.jobyard.views.api.Reported;
import java.util.List;
import java.util.Map;

/** Lists and counts jobs. */
final class ListCommand {

    private static final String PENDING = "--pending";
    private static final String COUNT = "--count";
    private static final String FACETS = "--facets";

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "list",
                    "List jobs, newest first. Options narrow the list. All except --error use the search index. --error"
                            + " reads the matching jobs until the list is full or a second has passed; the output then shows"
                            + " how far the search got.")
            .form(new Form("listJobs", ListCommand::print).named("after", "--after-id ID"))
            .form(new Form("listReadyJobs", PendingList::print).at(PENDING))
            .form(Form.of("countJobs", (JobFacets facets, Screen screen) -> JobNumbers.print(facets, false, screen))
                    .at(COUNT))
            .form(Form.of("countJobs", (JobFacets facets, Screen screen) -> JobNumbers.print(facets, true, screen))
                    .at(FACETS))
            .flag(
                    PENDING,
                    "List the ready jobs in starting order, and the gate that blocks the first of each lane. Covers the"
                            + " first 1000 ready jobs and shows the position of each among all.")
            .flag(COUNT, "Print only the number of jobs.")
            .flag(FACETS, "Print the number of jobs by status, reason, type, queue, submitter and schedule.");

    private ListCommand() {}

    private static void print(Reported<JobPage> told, FormCall call, Screen screen) {
        JobPage page = told.what();
        Inputs inputs = call.call().inputs();
        if (!page.jobs().isEmpty()) {
            table(page.jobs(), told.reporter()).print(screen);
        }
        screen.line(count(page, inputs));
        if (page.asOf() != null) {
            screen.line(JobNumbers.asOf(page.asOf()));
        }
        if (page.next() != null) {
            screen.line("the next: " + next(inputs, page.next()));
        }
    }

    /** Returns the command for the next page. Relative times keep the values of the first page. */
    private static String next(Inputs inputs, JobId after) {
        TypedWords words = new TypedWords();
        inputs.values().forEach((name, value) -> {
            if (name.equals("since") || name.equals("until")) {
                words.option("--" + name, inputs.past(name));
            } else if (value instanceof List<?> several) {
                several.forEach(each -> words.option("--" + name, each));
            } else if (value instanceof Map<?, ?> labels) {
                labels.forEach((label, mark) -> words.option("--" + name, label + "=" + mark));
            } else if (!name.equals("after")) {
                words.option("--" + name, value);
            }
        });
        return "job:list " + String.join(" ", words.option("--after-id", after).all());
    }

    private static Table table(List<Job> jobs, StatusReporter status) {
        Table table = new Table("ID", "TYPE", "STATUS", "PRIO", "QUEUE", "SUBMITTER", "CREATED");
        for (Job job : jobs) {
            table.row(
                    JobText.ending(job.id()),
                    job.type(),
                    JobText.state(job),
                    job.terms().routing().priority(),
                    status.queue(job),
                    job.submitter(),
                    JobText.time(job.createdAt()));
        }
        return table;
    }

    private static String count(JobPage page, Inputs inputs) {
        int found = page.jobs().size();
        String jobs =
                found == 0 ? inputs.has("after") ? "no more jobs" : "no jobs" : found == 1 ? "1 job" : found + " jobs";
        String more = page.lookedBackTo() != null
                ? " among those created " + ("oldest".equals(inputs.text("order")) ? "until " : "since ")
                        + page.lookedBackTo() + "; the search stopped there, so there may be more"
                : page.more() ? " and more" : "";
        return jobs
                + more
                + (found == 0 ? "" : "; IDs are shortened to their last characters, which every command accepts");
    }
}
