// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;

/** Answers a callback. */
final class CallbackCommand {

    static final DerivedCommand COMMAND = new DerivedCommand("callback", "")
            .form(Form.of("answerCallback", CallbackCommand::print)
                    .json("value", "JSON")
                    .named("error", "--fail TEXT"));

    private CallbackCommand() {}

    private static void print(JobId job, Screen screen) {
        screen.line("job " + job + " received the answer");
    }
}
