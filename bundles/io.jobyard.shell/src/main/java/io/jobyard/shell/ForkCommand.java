// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

/** Continues a finished job as a new job. */
final class ForkCommand {

    static final DerivedCommand COMMAND = new DerivedCommand("fork", "")
            .form(Form.of("forkJob", CloneCommand::print).named("fromStep", "--from STEP"));

    private ForkCommand() {}
}
