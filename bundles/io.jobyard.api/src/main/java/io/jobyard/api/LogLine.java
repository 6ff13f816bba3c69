// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/** A line that a handler wrote to its job's log. */
public record LogLine(Instant at, int run, String text) {

    /** Puts U+FFFD in the place of what not every store can hold: U+0000 and halves of surrogate pairs. */
    public LogLine {
        text = StorableText.of(text);
    }
}
