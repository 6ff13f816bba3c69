// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.SampleView.AnsweredSamples;

/** Shows the numbers of jobs over time. */
final class SamplesCommand {

    static final DerivedCommand COMMAND =
            new DerivedCommand("samples", "").form(Form.of("listSamples", SamplesCommand::print));

    private SamplesCommand() {}

    private static void print(AnsweredSamples asked, Screen screen) {
        if (asked.samples().isEmpty()) {
            screen.line("no samples since " + JobText.time(asked.query().since())
                    + "; the host takes one per minute, and averages when an hour ends");
            return;
        }
        Table table = new Table("AT", "QUEUE", "TYPE", "QUEUED", "RUNNING", "FAILED");
        asked.samples()
                .forEach(sample -> sample.counts()
                        .forEach(count -> table.row(
                                JobText.time(sample.at()),
                                count.queue() == null ? "(others)" : count.queue(),
                                count.type(),
                                count.queued(),
                                count.running(),
                                count.failed())));
        table.print(screen);
    }
}
