// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.jspecify.annotations.Nullable;

/**
 * JSON from the command line or from a file.
 *
 * @param noun the name in an error message, for example {@code payload}
 * @param typed the typed JSON; null if not given
 * @param file the name of the file, or {@code -} for standard input; null if not given
 */
record TypedJson(
        String noun, @Nullable String typed, @Nullable String file) {

    /** Returns the name for an error message. */
    String name() {
        return file == null ? "the " + noun : InputFiles.name(file);
    }

    /** Returns the JSON text; null if not given. */
    @Nullable
    String text(CommandUser user) {
        if (file != null) {
            if (typed != null) {
                throw new UsageException("the " + noun + " is given twice: omit --file or the JSON");
            }
            InputFiles.Limit limit = new InputFiles.Limit(user.host().sizes().maxPayloadBytes(), "max.payload.bytes");
            return InputFiles.read(file, user.screen(), limit);
        }
        if (Arguments.BLOCK.equals(typed)) {
            throw new UsageException("the " + noun
                    + " was parsed as a shell block: put the JSON in single quotes: '{\"text\": \"hello\"}'");
        }
        return typed;
    }
}
