// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobManager;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;

/** {@code job:cancel}. */
@Component(service = JobCommand.class)
@GogoCommand(scope = "job", function = "cancel")
public final class CancelCommand extends UserCommand<CancelCommand.Line> {

    @Command(name = "job:cancel", description = "End jobs; one that runs is told to, and ends cancelled.")
    static final class Line extends IdsOptions {}

    @Activate
    public CancelCommand(@Reference CommandUsers users) {
        super(Line::new, users);
    }

    @Override
    Answer answer(Line options, CommandUser user) {
        JobManager jobs = user.jobs();
        return ChangedJobs.each(options, user, (id, changed) -> changed.jobs.add(jobs.cancel(id)));
    }
}
