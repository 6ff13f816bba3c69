// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.ConfigurationFiles.ConfigurationFile;
import io.jobyard.settings.api.Configurations.CheckedFile;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.spi.text.Spelling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Preview of the effects of a file that is not applied. */
final class ConfigurationPreview {

    private final List<SettingsCheck> checks;
    private final ConfigurationFile wanted;
    private final @Nullable KnownPid known;

    /** Creates a preview; {@code known} contains the keys that the host reads, or is null if it does not read the configuration. */
    ConfigurationPreview(List<SettingsCheck> checks, ConfigurationFile wanted, @Nullable KnownPid known) {
        this.checks = checks;
        this.wanted = wanted;
        this.known = known;
    }

    /** Compares the file with the current configuration. */
    CheckedFile against(WrittenConfiguration now) {
        String name = wanted.fullName();
        Optional<SettingsCheck> check = checks.stream()
                .filter(each -> each.pid().equals(wanted.pid()) && each.isFactory() == (wanted.name() != null))
                .findFirst();
        List<String> problems = check.map(each -> each.check(String.valueOf(wanted.name()), wanted.values()))
                .orElseGet(this::unread);
        if (!problems.isEmpty()) {
            return new CheckedFile(name, problems, true, List.of(), Map.of());
        }
        WrittenConfiguration next = new WrittenConfiguration(name, wanted.file(), wanted.values(), Map.of(), List.of());
        return new CheckedFile(name, problems, check.isPresent(), now.changes(next, known), next.shown(known));
    }

    private List<String> unread() {
        return known == null
                ? List.of("unknown configuration"
                        + Spelling.hint(
                                wanted.pid(),
                                checks.stream().map(SettingsCheck::pid).toList())
                        + "; list the configurations and use one of them")
                : List.of();
    }
}
