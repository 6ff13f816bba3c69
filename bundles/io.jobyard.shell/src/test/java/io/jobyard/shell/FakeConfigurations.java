// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Configurations;
import java.util.List;
import java.util.Map;

/** One configuration that is refused, and one of a factory. */
final class FakeConfigurations implements Configurations {

    @Override
    public List<ConfigurationState> all() {
        return List.of(
                new ConfigurationState(
                        "io.jobyard.roles-operators",
                        List.of(new ConfigurationValue(
                                "members",
                                "user:ann, bundle:com.acme.reports, user:bob",
                                ValueSource.FILE,
                                "io.jobyard.roles-operators.cfg",
                                null)),
                        List.of()),
                new ConfigurationState(
                        "io.jobyard.worker",
                        List.of(
                                new ConfigurationValue("drain.timeout.seconds", "10", ValueSource.DEFAULT, null, null),
                                new ConfigurationValue("worker.threads", "8", ValueSource.LAST_GOOD, null, "(hidden)")),
                        List.of(new Finding(
                                "io.jobyard.worker",
                                "invalid worker.threads: use a whole number from 1 to 32",
                                "fix it; until then worker.threads = 8 is in force"))));
    }

    @Override
    public List<String> factories() {
        return List.of("io.jobyard.limits-NAME", "io.jobyard.roles-NAME");
    }

    /** A line {@code key = value} is a change; without that sign it is refused. */
    @Override
    public CheckedFile check(String file, String text) {
        String name = file.substring(0, file.length() - ".cfg".length());
        String[] words = text.strip().split(" = ", 2);
        return words.length == 2
                ? new CheckedFile(
                        name,
                        List.of(),
                        true,
                        List.of(new ValueChange(words[0], null, words[1])),
                        Map.of(words[0], words[1]))
                : new CheckedFile(name, List.of("unknown key " + words[0]), true, List.of(), Map.of());
    }
}
