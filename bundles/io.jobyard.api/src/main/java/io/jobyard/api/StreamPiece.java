// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Piece of the text that a handler emitted. The pieces of a job, in the order of their positions, form its stream.
 *
 * @param position index in the stream of the job, from 1, without gaps over all its runs
 */
public record StreamPiece(long position, int run, Instant at, String text) {

    /** Replaces characters that not every store can hold by U+FFFD: U+0000 and unpaired surrogates. */
    public StreamPiece {
        text = StorableText.of(text);
    }
}
