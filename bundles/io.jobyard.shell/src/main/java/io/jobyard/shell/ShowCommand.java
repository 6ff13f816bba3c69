// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.views.api.Reported;

/** Shows a job. */
final class ShowCommand {

    static final DerivedCommand COMMAND = new DerivedCommand("show", "").form(Form.of("getJob", ShowCommand::print));

    private ShowCommand() {}

    private static void print(Reported<Job> job, Screen screen) {
        new JobDetails(job, screen).print();
    }
}
