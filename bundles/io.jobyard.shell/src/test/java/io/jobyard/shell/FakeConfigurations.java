// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Configurations;
import java.util.List;
import java.util.Map;

/** One configuration that is refused, and one of a factory. */
final class FakeConfigurations implements Configurations {

    @Override
    public List<Configured> all() {
        return List.of(
                new Configured(
                        "io.jobyard.roles-operators",
                        List.of(new Value(
                                "members",
                                "user:ann, bundle:com.acme.reports, user:bob",
                                Source.FILE,
                                "io.jobyard.roles-operators.cfg",
                                null)),
                        List.of()),
                new Configured(
                        "io.jobyard.worker",
                        List.of(
                                new Value("drain.timeout.seconds", "10", Source.DEFAULT, null, null),
                                new Value("worker.threads", "8", Source.LAST_GOOD, null, "(hidden)")),
                        List.of(new Finding(
                                "io.jobyard.worker",
                                "worker.threads is refused: use a whole number from 1 to 32",
                                "mend it; until then worker.threads = 8 is in force"))));
    }

    @Override
    public List<String> factories() {
        return List.of("io.jobyard.limits-NAME", "io.jobyard.roles-NAME");
    }

    /** A line {@code key = value} is a change; without that sign it is refused. */
    @Override
    public Checked check(String file, String text) {
        String name = file.substring(0, file.length() - ".cfg".length());
        String[] words = text.strip().split(" = ", 2);
        return words.length == 2
                ? new Checked(
                        name,
                        List.of(),
                        true,
                        List.of(new Change(words[0], null, words[1])),
                        Map.of(words[0], words[1]))
                : new Checked(name, List.of(words[0] + " is refused: there is no such key"), true, List.of(), Map.of());
    }
}
