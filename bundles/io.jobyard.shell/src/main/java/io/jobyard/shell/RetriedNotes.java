// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.views.api.ChangeView.Changed;
import java.util.List;

/** Notes after retried jobs on the jobs that ended because of them. */
final class RetriedNotes {

    /** Maximum number of dependents to count. */
    private static final int COUNTED = 1_000;

    private RetriedNotes() {}

    static void print(String command, List<Changed> changed, CommandUser user, Screen screen) {
        if (command.equals("retry")) {
            changed.stream()
                    .filter(each -> each.jobs().size() == 1)
                    .map(each -> each.jobs().get(0))
                    .filter(user::mayView)
                    .forEach(job -> dependents(job, user, screen));
        }
    }

    private static void dependents(Job job, CommandUser user, Screen screen) {
        int dependents = user.status().endedBecauseOf(job.id(), COUNTED + 1).size();
        if (dependents > 0) {
            screen.line((dependents > COUNTED ? "more than " + count(COUNTED) : count(dependents))
                    + " ended because of it: job:retry " + job.id() + " --with-dependents retries them too");
        }
    }

    static String count(long jobs) {
        return jobs + (jobs == 1 ? " job" : " jobs");
    }
}
