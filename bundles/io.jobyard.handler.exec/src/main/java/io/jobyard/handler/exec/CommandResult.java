// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.Field;
import java.util.concurrent.TimeUnit;

/** Result of a {@code command} job. */
record CommandResult(
        @Field(description = "exit status of the program") int exit,

        @Field(description = "output; base64 if it is not text")
        String stdout,

        @Field(description = "form of stdout: text or base64")
        String stdoutType,

        @Field(description = "error output; base64 if it is not text")
        String stderr,

        @Field(description = "form of stderr: text or base64")
        String stderrType,

        @Field(description = "whether output or error output was longer than output.max.bytes")
        boolean truncated,

        @Field(description = "duration in milliseconds") long millis) {

    static CommandResult of(CommandEnd end, long nanos) {
        return new CommandResult(
                end.exit(),
                end.output().value(),
                end.output().type(),
                end.errors().value(),
                end.errors().type(),
                end.output().isCut() || end.errors().isCut(),
                TimeUnit.NANOSECONDS.toMillis(nanos));
    }
}
