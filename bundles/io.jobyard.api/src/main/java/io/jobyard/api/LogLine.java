// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/** Line that a handler wrote to the log of its job. */
public record LogLine(Instant at, int run, String text) {

    /** Replaces characters that not every store can hold by U+FFFD: U+0000 and unpaired surrogates. */
    public LogLine {
        text = StorableText.of(text);
    }
}
