// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Preview;

/** Prints for people the preview of a submit. */
final class PreviewLines {

    private final Preview preview;

    PreviewLines(Preview preview) {
        this.preview = preview;
    }

    void print(Screen screen) {
        Job job = preview.job();
        if (job == null) {
            preview.problems().forEach(problem -> screen.error("would be refused: " + problem));
            return;
        }
        screen.line(what(job) + "; nothing was stored");
        screen.line("  type " + job.type() + ", queue " + preview.queue() + ", priority "
                + job.terms().routing().priority() + ", submitter " + job.submitter() + ", timeout "
                + JobText.duration(job.terms().runs().timeout()) + ", "
                + job.terms().runs().maxRetries()
                + (job.terms().runs().maxRetries() == 1 ? " retry" : " retries"));
        BlockerLines.print(preview.blockedBy(), preview.earliestStart(), screen);
        if (job.status() == JobStatus.QUEUED && preview.blockedBy().isEmpty()) {
            screen.line("  nothing would block it: it starts when a worker is free and its turn comes");
        }
    }

    private String what(Job job) {
        if (preview.duplicateOf() == null) {
            return "would be " + job.status().text();
        }
        return preview.replaces()
                ? "would replace job " + preview.duplicateOf() + " and be "
                        + job.status().text()
                : "would return job " + preview.duplicateOf() + ", which has the key and is "
                        + job.status().text();
    }
}
