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
        description = "Send a signal to a job, for example an approval that its handler waits for. Once the command has"
                + " printed the job's state, the signal is stored, even if nothing waits for it yet.",
        customSynopsis = "job:signal ID SIGNAL [JSON | --file F | --file -] [--as USER] [--json]")
final class SignalCommand extends IdCommand {

    @Parameters(index = "1", paramLabel = "SIGNAL", description = "Signal name, as shown by job:explain.")
    String name = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Signal value, for example true, '\"ann\"' or '{\"by\": \"ann\"}' (default true).")
    @Nullable
    String value;

    @Option(names = "--file", paramLabel = "F", description = "File to read the value from; - is standard input.")
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
