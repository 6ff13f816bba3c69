// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkerTest {

    private static final Tokenizer TOKENIZER = new Tokenizer();

    @Test
    void leavesATextThatFitsInOnePiece() throws Exception {
        String text = "One sentence. Another one.\n\nA second paragraph.";

        assertThat(chunks(text, 512, 64)).containsExactly(new Chunk(text, TOKENIZER.count(text), 0, text.length()));
    }

    @Test
    void makesNoChunkOfNothing() throws Exception {
        assertThat(chunks("", 512, 64)).isEmpty();
    }

    @Test
    void cutsAtTheLastParagraphThatFits() throws Exception {
        String paragraph = "This paragraph has one sentence. And it has a second one.\r\n\r\n";

        assertThat(chunks(paragraph.repeat(5), 2 * TOKENIZER.count(paragraph) + 5, 0))
                .extracting(Chunk::text)
                .containsExactly(paragraph.repeat(2), paragraph.repeat(2), paragraph);
    }

    @Test
    void cutsALongParagraphAtTheEndOfASentence() throws Exception {
        String sentence = "This is a sentence of some length. ";

        assertThat(chunks(sentence.repeat(5), 2 * TOKENIZER.count(sentence) + 3, 0))
                .extracting(Chunk::text)
                .containsExactly(sentence.repeat(2), sentence.repeat(2), sentence);
    }

    @Test
    void cutsALongSentenceBetweenWords() throws Exception {
        assertThat(chunks("alpha beta gamma delta ".repeat(20), 10, 0))
                .allSatisfy(chunk -> assertThat(chunk.text()).matches("(alpha|beta|gamma|delta) (.* )?"));
    }

    @Test
    void cutsAGiantWordBetweenCharacters() throws Exception {
        String family = "👩‍👩‍👧‍👦";

        assertThat(chunks(family.repeat(50), 3 * TOKENIZER.count(family), 0))
                .allSatisfy(chunk -> assertThat(chunk.text()).matches("(" + family + ")+"));
    }

    @Test
    void cutsACharacterThatIsTooLargeBetweenItsCodePoints() throws Exception {
        String stacked = "e" + "\u0301".repeat(200);

        assertThat(chunks(stacked, 4, 0))
                .hasSizeGreaterThan(20)
                .allSatisfy(chunk -> assertThat(chunk.tokens()).isLessThanOrEqualTo(4));
    }

    @Test
    void repeatsWholeWordsUpToTheOverlap() throws Exception {
        List<Chunk> chunks = chunks("alpha beta gamma delta ".repeat(50), 40, 10);

        for (int i = 1; i < chunks.size(); i++) {
            String repeated = chunks.get(i)
                    .text()
                    .substring(0, chunks.get(i - 1).end() - chunks.get(i).start());
            assertThat(repeated).matches("(alpha|beta|gamma|delta) .*");
            assertThat(TOKENIZER.count(repeated)).isBetween(7, 10);
        }
    }

    @Test
    void repeatsAShortFirstParagraphWhole() throws Exception {
        String title = "A title\n\n";
        String paragraph = "alpha beta gamma delta ".repeat(5);

        assertThat(chunks(title + paragraph, 20, 8).get(1).start()).isZero();
    }

    @Test
    void readsLoneSurrogatesAndSpecialTokensAsText() throws Exception {
        String text = "a\ud800b <|endoftext|> ".repeat(20);

        assertThat(chunks(text, 16, 0))
                .extracting(Chunk::text)
                .doesNotContain("")
                .satisfies(pieces -> assertThat(String.join("", pieces)).isEqualTo(text));
    }

    @Test
    void endsAtAnInterrupt() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> chunks("some text", 512, 64)).isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }

    private static List<Chunk> chunks(String text, int maxTokens, int overlapTokens) throws InterruptedException {
        return new Chunker(TOKENIZER, text, maxTokens, overlapTokens).chunks();
    }
}
