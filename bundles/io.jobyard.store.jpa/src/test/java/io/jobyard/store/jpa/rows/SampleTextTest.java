// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.SampledCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTextTest {

    @Test
    void theLargestCountsComeFirst() {
        String text = SampleText.write(
                List.of(new SampledCount("default", "echo", 1, 0, 0), new SampledCount("bulk", "llm", 3, 2, 1)));
        assertThat(text).isEqualTo("bulk llm 3 2 1\ndefault echo 1 0 0\n");
        assertThat(SampleText.read(text))
                .containsExactly(
                        new SampledCount("bulk", "llm", 3, 2, 1), new SampledCount("default", "echo", 1, 0, 0));
        assertThat(SampleText.read(SampleText.write(List.of()))).isEmpty();
    }

    @Test
    void theSmallestCountsAreJoinedWhereTheTextWouldBecomeTooLong() {
        List<SampledCount> counts = new ArrayList<>();
        for (int n = 1; n <= 1_000; n++) {
            counts.add(new SampledCount("a-queue-with-a-name-" + n, "some.type", n, 2, 1));
        }
        Collections.shuffle(counts, new java.util.Random(1));

        String text = SampleText.write(counts);
        List<SampledCount> read = SampleText.read(text);
        SampledCount joined = read.get(read.size() - 1);
        int listed = read.size() - 1;
        long least = 1_000 - listed;

        assertThat(text).hasSizeBetween(SampleText.MOST - 150, SampleText.MOST);
        assertThat(read.get(0).queued()).isEqualTo(1_000);
        assertThat(joined).isEqualTo(new SampledCount(null, null, least * (least + 1) / 2, 2 * least, least));
        assertThat(SampleText.read(SampleText.write(read))).isEqualTo(read);
    }

    @Test
    void namesOfTheGreatestLengthFit() {
        String longest = "x".repeat(200);
        List<SampledCount> counts = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            counts.add(new SampledCount(
                    longest.substring(2) + (10 + n), longest, Long.MAX_VALUE / 200, Long.MAX_VALUE / 200, 0));
        }
        assertThat(SampleText.write(counts)).hasSizeLessThanOrEqualTo(SampleText.MOST);
        assertThat(SampleText.read(SampleText.write(counts)))
                .hasSizeGreaterThan(15)
                .last()
                .matches(count -> count.queue() == null && count.type() == null);
    }
}
