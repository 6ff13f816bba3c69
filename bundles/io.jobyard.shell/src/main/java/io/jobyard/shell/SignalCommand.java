// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.ChangeView.Changed;

/** Sends a signal. */
final class SignalCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "signal",
                    "Send a signal to a job, for example an approval that its handler waits for. Once the command has"
                            + " printed the job's state, the signal is stored, even if nothing waits for it yet.")
            .form(Form.of("signalJob", SignalCommand::print)
                    .named("name", "SIGNAL")
                    .json("value", "JSON"));

    private SignalCommand() {}

    private static void print(Changed changed, Screen screen) {
        changed.jobs().forEach(job -> screen.line(job.id() + " " + JobText.state(job)));
    }
}
