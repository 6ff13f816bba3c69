// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.views.api.ChangeView;
import io.jobyard.views.api.JsonReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "job:callback",
        sortOptions = false,
        description = "Answer a callback that a job's handler waits for. The token is the permission; the first answer"
                + " counts.",
        customSynopsis = "job:callback TOKEN [JSON | --file F | --fail TEXT] [--as USER] [--json]")
final class CallbackCommand extends UserCommand {

    @Parameters(index = "0", paramLabel = "TOKEN", description = "Callback token from the handler.")
    String token = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Answer, for example true, '\"ann\"' or '{\"by\": \"ann\"}' (default true).")
    @Nullable
    String value;

    @Option(names = "--file", paramLabel = "F", description = "File to read the answer from; - is standard input.")
    @Nullable
    String file;

    @Option(names = "--fail", paramLabel = "TEXT", description = "Error text: answer that the callback failed.")
    @Nullable
    String fault;

    @Override
    Answer answer(CommandUser user) {
        JobManager jobs = user.jobs();
        JobId job = fault == null ? jobs.completeCallback(token, value(user)) : failed(jobs, fault);
        return Answer.of(ChangeView.ANSWERED, job, "job " + job + " received the answer");
    }

    private JobId failed(JobManager jobs, String why) {
        if (value != null || file != null) {
            throw new UsageException("an answer and --fail cannot be combined: give one");
        }
        return jobs.failCallback(token, why);
    }

    private @Nullable Object value(CommandUser user) {
        TypedJson typed = new TypedJson("answer", value, file);
        String text = typed.text(user);
        return text == null ? Boolean.TRUE : JsonReader.value(typed.name(), text);
    }
}
