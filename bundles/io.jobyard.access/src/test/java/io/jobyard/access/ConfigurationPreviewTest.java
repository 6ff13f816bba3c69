// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.ConfigurationFiles.ConfigurationFile;
import io.jobyard.settings.api.Configurations.CheckedFile;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.settings.api.ParserCheck;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.settings.api.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationPreviewTest {

    private static final KnownPid STORE = new KnownPid(
            "io.jobyard.store", false, Map.of("pool.size", "10", "password", "", "url", ""), Set.of("password"));
    private static final List<SettingsCheck> CHECKS = List.of(new ParserCheck("io.jobyard.store", reader -> {
        reader.text("password", "");
        reader.text("url", "");
        return reader.integer("pool.size", 10, 2, 100);
    }));

    private static CheckedFile check(Map<String, String> now, Map<String, String> next) {
        ConfigurationFile file = new ConfigurationFile("io.jobyard.store", null, "io.jobyard.store.cfg", next);
        return new ConfigurationPreview(CHECKS, file, STORE)
                .against(new WrittenConfiguration("io.jobyard.store", null, now, Map.of(), List.of()));
    }

    @Test
    void whatWouldBeInForceOtherwiseIsTold() {
        CheckedFile checked = check(Map.of("url", "jdbc:a"), Map.of("pool.size", "20"));
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.isChecked()).isTrue();
        assertThat(checked.changes())
                .containsExactly(new ValueChange("pool.size", "10", "20"), new ValueChange("url", "jdbc:a", null));
        assertThat(checked.values()).isEqualTo(Map.of("pool.size", "20"));
    }

    @Test
    void aDefaultThatIsWrittenOutChangesNothing() {
        assertThat(check(Map.of(), Map.of("pool.size", " 10 ")).changes()).isEmpty();
    }

    @Test
    void secretsAreHiddenAndThatTheyChangeIsTold() {
        assertThat(check(Map.of("password", "alt"), Map.of("password", "neu")).changes())
                .containsExactly(new ValueChange("password", "(hidden)", "(hidden)"));
        assertThat(check(Map.of("password", "alt"), Map.of("password", "alt")).changes())
                .isEmpty();
        assertThat(check(Map.of(), Map.of("password", "neu")).values()).containsEntry("password", "(hidden)");
    }

    @Test
    void whatWouldBeRefusedIsToldInTheWordsOfTheLog() {
        CheckedFile checked = check(Map.of(), Map.of("pool.size", "1", "pool.sise", "2"));
        assertThat(checked.problems())
                .containsExactly(
                        "invalid pool.size: use a whole number from 2 to 100",
                        "unknown key pool.sise (did you mean 'pool.size'?); use password, pool.size, url");
        assertThat(checked.changes()).isEmpty();
        assertThat(check(Map.of(), Map.of(SettingsReader.MISNAMED, "its name is wrong"))
                        .problems())
                .containsExactly("its name is wrong");
    }

    @Test
    void ofAHandlersBundleTheValuesAreNotLookedAtAndWhatNobodyReadsIsRefused() {
        KnownPid examples = new KnownPid("io.jobyard.handler.examples", false, Map.of("crash", "false"), Set.of());
        ConfigurationFile file =
                new ConfigurationFile(examples.pid(), null, examples.pid() + ".cfg", Map.of("crash", "true"));
        WrittenConfiguration now = new WrittenConfiguration(examples.pid(), null, Map.of(), Map.of(), List.of());
        CheckedFile checked = new ConfigurationPreview(CHECKS, file, examples).against(now);
        assertThat(checked.isChecked()).isFalse();
        assertThat(checked.changes()).containsExactly(new ValueChange("crash", "false", "true"));

        assertThat(new ConfigurationPreview(CHECKS, file, null).against(now).problems())
                .containsExactly("unknown configuration; list the configurations and use one of them");
    }

    @Test
    void theNearestPidIsSuggested() {
        ConfigurationFile file = new ConfigurationFile("io.jobyard.stroe", null, "io.jobyard.stroe.cfg", Map.of());
        WrittenConfiguration now = new WrittenConfiguration(file.pid(), null, Map.of(), Map.of(), List.of());
        assertThat(new ConfigurationPreview(CHECKS, file, null).against(now).problems())
                .containsExactly("unknown configuration (did you mean 'io.jobyard.store'?); list the configurations"
                        + " and use one of them");
    }

    @Test
    void aFactorysNameIsChecked() {
        ParserCheck limits = new ParserCheck("io.jobyard.limits", true, (name, reader) -> name.name());
        ConfigurationFile file =
                new ConfigurationFile("io.jobyard.limits", "a b", "io.jobyard.limits-a b.cfg", Map.of());
        KnownPid known = new KnownPid("io.jobyard.limits", true, Map.of(), Set.of());
        WrittenConfiguration now = new WrittenConfiguration(file.fullName(), null, Map.of(), Map.of(), List.of());
        assertThat(new ConfigurationPreview(List.of(limits), file, known)
                        .against(now)
                        .problems())
                .containsExactly(
                        "it is not in force: its name 'a b' does not have 1 to 64 of the characters A-Z a-z 0-9 . _ -");
    }
}
