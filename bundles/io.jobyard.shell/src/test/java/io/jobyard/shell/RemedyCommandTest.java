// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemedyCommandTest {

    @Test
    void whatHelpsStandsBehindTheFixAsItIsTyped() {
        Finding finding =
                new Finding(Finding.QUARANTINE, "bundle com.acme.bad is set aside", "update it, or let it back");
        assertThat(RemedyCommand.fix(finding)).isEqualTo("update it, or let it back");
        assertThat(RemedyCommand.fix(finding.with(
                        Remedy.RemedyKind.RELEASE_BUNDLE.of("com.acme.bad"), Remedy.RemedyKind.JOB_HISTORY.any())))
                .isEqualTo("update it, or let it back: job:release com.acme.bad, job:history ID");
    }

    @ParameterizedTest
    @EnumSource
    void eachIsACommandThatThereIs(Remedy.RemedyKind kind) {
        List<String> words = Arrays.asList(RemedyCommand.of(kind.of("name")).split(" "));
        assertThat(Commands.ALL).anyMatch(entry -> words.get(0).equals("job:" + entry.function()));
        String spoken = kind.name().toLowerCase(Locale.ROOT);
        boolean isAboutSomething = spoken.contains("_of_")
                || spoken.matches("(set|remove)_(limit|queue|schedule)|release_bundle|handlers");
        assertThat(words.contains("name")).as(words.toString()).isEqualTo(isAboutSomething);
    }
}
