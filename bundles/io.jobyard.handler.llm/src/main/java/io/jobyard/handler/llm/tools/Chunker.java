// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Splits a text into chunks of a maximum number of tokens. Each chunk after the first begins with the end of the previous chunk. */
public final class Chunker {

    /** Maximum number of characters per token. Only a run of spaces has more; the bound keeps each search short. */
    private static final int MOST_CHARACTERS_PER_TOKEN = 32;

    private final Tokenizer tokenizer;
    private final String text;
    private final String readable;
    private final Borders borders;
    private final int maxTokens;
    private final int overlapTokens;

    public Chunker(Tokenizer tokenizer, String text, int maxTokens, int overlapTokens) {
        this.tokenizer = tokenizer;
        this.text = text;
        this.readable = Tokenizer.wellFormed(text);
        this.borders = new Borders(readable);
        this.maxTokens = maxTokens;
        this.overlapTokens = overlapTokens;
    }

    public List<Chunk> chunks() throws InterruptedException {
        List<Chunk> chunks = new ArrayList<>();
        int done = 0;
        while (done < text.length()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted after " + chunks.size() + " chunks");
            }
            int end = end(done, done == 0 ? maxTokens : newTokens());
            int start = start(done, end);
            chunks.add(new Chunk(text.substring(start, end), tokens(start, end), start, end));
            done = end;
        }
        return chunks;
    }

    private int newTokens() {
        return Math.max(maxTokens - overlapTokens, Tokenizer.MOST_TOKENS_OF_A_CODE_POINT);
    }

    /** Returns the last border of the best kind within this number of tokens. */
    private int end(int from, int tokens) {
        int window = Math.min(readable.length(), from + tokens * MOST_CHARACTERS_PER_TOKEN);
        int reach = from + tokenizer.reach(readable.substring(from, window), tokens);
        for (BitSet kind : borders.bestFirst()) {
            for (int end = kind.previousSetBit(reach); end > from; end = kind.previousSetBit(end - 1)) {
                // At other positions, the last word may have more tokens than in the whole text.
                if (tokens(from, end) <= tokens) {
                    return end;
                }
            }
        }
        return from + Character.charCount(readable.codePointAt(from));
    }

    /** Returns the position of the first word of the overlap, within both bounds. */
    private int start(int done, int end) {
        int window = Math.max(0, done - overlapTokens * MOST_CHARACTERS_PER_TOKEN);
        int about = done - tokenizer.reachBack(readable.substring(window, done), overlapTokens);
        BitSet words = borders.words();
        for (int start = words.nextSetBit(about); start < done; start = words.nextSetBit(start + 1)) {
            if (tokens(start, done) <= overlapTokens && tokens(start, end) <= maxTokens) {
                return start;
            }
        }
        return done;
    }

    private int tokens(int start, int end) {
        return tokenizer.count(readable.substring(start, end));
    }
}
