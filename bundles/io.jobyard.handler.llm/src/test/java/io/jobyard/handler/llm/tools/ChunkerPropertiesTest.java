// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any text and any sizes. Set {@code -Dchunker.seed} to the seed of a failure to see it again. */
class ChunkerPropertiesTest {

    private static final Tokenizer TOKENIZER = new Tokenizer();

    private static final List<String> PIECES = List.of(
            "word",
            " ",
            "  ",
            "The quick brown fox. ",
            "Is it? ",
            "\n",
            "\r\n",
            "\n\n",
            "\r\n\r\n",
            "\t",
            "日本語の文章。",
            "漢字",
            "👩‍👩‍👧‍👦",
            "🇩🇪",
            "👍🏽",
            "é",
            "e\u0301",
            "नमस्ते",
            "مرحبا",
            "x".repeat(300),
            "# Title\n",
            "<|endoftext|>",
            "12345",
            ";-)",
            "\u00a0",
            "\ud83d",
            "\0",
            "```\ncode\n```\n");

    @Test
    void everyTextIsCutAsPromised() throws Exception {
        long seed = Long.getLong("chunker.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = text(random);
            int max = random.nextBoolean() ? random.nextInt(4, 40) : random.nextInt(4, 600);
            int overlap = random.nextInt(max / 2 + 1);

            List<Chunk> chunks = new Chunker(TOKENIZER, text, max, overlap).chunks();

            check(
                    "seed " + seed + ", round " + round + ", max " + max + ", overlap " + overlap,
                    text,
                    max,
                    overlap,
                    chunks);
        }
    }

    private static void check(String where, String text, int max, int overlap, List<Chunk> chunks) {
        StringBuilder whole = new StringBuilder();
        for (Chunk chunk : chunks) {
            assertThat(chunk.text()).as(where).isEqualTo(text.substring(chunk.start(), chunk.end()));
            assertThat(chunk.tokens())
                    .as(where)
                    .isEqualTo(TOKENIZER.count(chunk.text()))
                    .isBetween(1, max);
            assertThat(inACodePoint(text, chunk.start())).as(where).isFalse();
            assertThat(inACodePoint(text, chunk.end())).as(where).isFalse();
            assertThat(chunk.start()).as(where).isLessThanOrEqualTo(whole.length());
            assertThat(chunk.end()).as(where).isGreaterThan(whole.length());
            assertThat(TOKENIZER.count(text.substring(chunk.start(), whole.length())))
                    .as(where)
                    .isLessThanOrEqualTo(overlap);
            whole.append(text, whole.length(), chunk.end());
        }
        assertThat(whole.toString()).as(where).isEqualTo(text);
    }

    private static boolean inACodePoint(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(200);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
