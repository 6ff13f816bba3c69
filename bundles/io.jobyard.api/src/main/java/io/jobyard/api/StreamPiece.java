// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * A piece of the text that a job's handler emitted. The pieces of a job in the order of their positions are its stream.
 *
 * @param position its place in the stream of the job, from 1, without gaps over all its runs
 */
public record StreamPiece(long position, int run, Instant at, String text) {

    /** Puts U+FFFD in the place of what not every store can hold: U+0000 and halves of surrogate pairs. */
    public StreamPiece {
        text = StorableText.of(text);
    }
}
