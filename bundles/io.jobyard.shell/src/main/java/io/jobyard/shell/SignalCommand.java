// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.views.api.JsonReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:signal",
        sortOptions = false,
        description =
                "Give a job a signal, such as an approval that its handler waits for. It is stored once the command"
                        + " has printed the job's state, also if nothing waits for it yet.",
        customSynopsis = "job:signal ID SIGNAL [JSON | --file F | --file -] [--as USER] [--json]")
final class SignalCommand extends IdCommand {

    @Parameters(index = "1", paramLabel = "SIGNAL", description = "Its name, as job:explain says it.")
    String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Its value, such as true, '\"ann\"' or '{\"by\": \"ann\"}'; true if left out.")
    @Nullable
    String value;

    @Option(names = "--file", paramLabel = "F", description = "Take the value from a file; - is standard input.")
    @Nullable
    String file;

    @Override
    Answer answer(CommandUser user) {
        TypedJson typed = new TypedJson("value", value, file);
        String text = typed.text(user);
        Object given = text == null ? Boolean.TRUE : JsonReader.value(typed.name(), text);
        JobId id = user.status().resolve(this.id);
        Job job = user.jobs().signal(id, name, given);
        return ChangedJobs.one(job, job.id() + " " + JobText.state(job));
    }
}
