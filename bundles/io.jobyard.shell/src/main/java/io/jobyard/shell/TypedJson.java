// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import org.jspecify.annotations.Nullable;

/**
 * JSON as it is typed, or in a file that is named.
 *
 * @param noun names it in a fault, such as {@code payload}
 * @param typed null if it is not typed
 * @param file null if no file is named; {@code -} for standard input
 */
record TypedJson(
        String noun, @Nullable String typed, @Nullable String file) {

    /** What a fault in it names. */
    String name() {
        return file == null ? "the " + noun : InputFiles.name(file);
    }

    /** Null if there is none. */
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
