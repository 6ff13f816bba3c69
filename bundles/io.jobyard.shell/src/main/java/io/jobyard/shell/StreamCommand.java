// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.JobId;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.StreamPiece;
import io.jobyard.views.api.StepView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "job:stream",
        sortOptions = false,
        description =
                "Print the text that a job's handler emitted. On a terminal, control characters are escaped. A line"
                        + " '--- run 2 ---' marks the start of another run. With --json, print one JSON object per piece.")
final class StreamCommand extends IdCommand {

    private static final int PAGE = 1_000;

    @Option(
            names = "--follow",
            description =
                    "Print new text as it arrives, until the job is finished. Ctrl-C stops the output, not the job.")
    boolean follow;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "Position of the first piece to print: the last known position plus 1 (default 1).")
    long from = 1;

    @Override
    Answer answer(CommandUser user) throws InterruptedException {
        if (from < 1) {
            throw new UsageException("--from", "--from " + from + " is out of range: positions begin with 1");
        }
        StatusReporter status = user.status();
        JobId job = status.resolve(id);
        StreamText text = new StreamText(user.screen());
        Runnable printNew = () -> printNew(status, job, user.screen(), text);
        if (follow) {
            new FollowedRun(user).until(job, printNew);
        } else {
            printNew.run();
        }
        if (!json) {
            text.end();
        }
        return Answer.printed(0);
    }

    /** Prints the stream up to its current end. */
    private void printNew(StatusReporter status, JobId job, Screen screen, StreamText text) {
        List<StreamPiece> page;
        do {
            page = status.stream(job, from - 1, PAGE);
            for (StreamPiece piece : page) {
                if (json) {
                    screen.json(StepView.PIECE.json(piece));
                } else {
                    text.print(piece);
                }
                from = piece.position() + 1;
            }
        } while (page.size() == PAGE && !screen.out().checkError());
    }
}
