// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.store.jpa.sql.PackedNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Content of a row of the feed for the search index, which reads all rows and needs nothing else.
 *
 * @param events number of events
 * @param states changes of jobs, including removals
 */
public record FeedStates(int events, List<FeedState> states) {

    /** Reads the row with this number. */
    static FeedStates read(int incarnation, long number, byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        FeedWords.begin(in, incarnation, number);
        PackedNumbers.getSigned(in); // skips the time
        FeedWords words = new FeedWords();
        List<FeedState> states = new ArrayList<>();
        int events = 0;
        while (in.hasRemaining()) {
            byte kind = in.get();
            int length = (int) PackedNumbers.get(in);
            int end = in.position() + length;
            switch (kind) {
                case FeedBody.TEXT -> words.addText(in, length);
                case FeedBody.SHARED -> words.addShared(in, end);
                case FeedBody.BOOKS, FeedBody.USE, FeedBody.REMAINING, FeedBody.CALL -> words.job(in);
                case FeedBody.REMOVED -> states.add(FeedState.removed(words.job(in)));
                case FeedBody.CHANGE -> {
                    events++;
                    states.add(FeedState.of(words.job(in), words.version(), words.shared(in)));
                }
                default -> {} // only for listeners, or of a later version
            }
            in.position(end);
        }
        return new FeedStates(events, states);
    }
}
