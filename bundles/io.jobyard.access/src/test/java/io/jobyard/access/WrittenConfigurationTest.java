// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Configurations.ConfigurationState;
import io.jobyard.settings.api.Configurations.ConfigurationValue;
import io.jobyard.settings.api.Configurations.ValueSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenConfigurationTest {

    private static final KnownPid STORE = new KnownPid(
            "io.jobyard.store", false, Map.of("pool.size", "10", "password", "", "url", ""), Set.of("password"));
    private static final Finding REFUSED = new Finding("io.jobyard.store", "pool.size is refused", "mend it");

    @Test
    void whatNobodyWroteIsTheDefault() {
        assertThat(inForce(Map.of(), Map.of()))
                .containsExactly(
                        new ConfigurationValue("password", "", ValueSource.DEFAULT, null, null),
                        new ConfigurationValue("pool.size", "10", ValueSource.DEFAULT, null, null),
                        new ConfigurationValue("url", "", ValueSource.DEFAULT, null, null));
    }

    @Test
    void whatIsWrittenIsInForceAndSecretsAreHidden() {
        assertThat(inForce(Map.of("password", "geheim", "url", "jdbc:x://ann:geheim@db/x"), Map.of()))
                .containsExactly(
                        new ConfigurationValue("password", "(hidden)", ValueSource.FILE, "io.jobyard.store.cfg", null),
                        new ConfigurationValue("pool.size", "10", ValueSource.DEFAULT, null, null),
                        new ConfigurationValue(
                                "url", "jdbc:x://(hidden)@db/x", ValueSource.FILE, "io.jobyard.store.cfg", null));
    }

    @Test
    void ofWhatIsRefusedTheLastGoodIsInForce() {
        assertThat(inForce(
                        Map.of("pool.size", "1", "password", "neu"),
                        Map.of("pool.size", "20", "password", "alt"),
                        REFUSED))
                .containsExactly(
                        new ConfigurationValue("password", "(hidden)", ValueSource.LAST_GOOD, null, "(hidden)"),
                        new ConfigurationValue("pool.size", "20", ValueSource.LAST_GOOD, null, "(hidden)"),
                        new ConfigurationValue("url", "", ValueSource.DEFAULT, null, null));
        assertThat(inForce(Map.of("pool.size", "1"), Map.of(), REFUSED))
                .contains(new ConfigurationValue("pool.size", "10", ValueSource.DEFAULT, null, "(hidden)"));
    }

    @Test
    void whatIsInForceStaysSoWhateverElseTheDoctorFindsAboutIt() {
        Map<String, String> values = Map.of("members", "bundle com.acme.typo", "jobyard.file.name", "x");
        Map<String, String> kept = Map.of("members", "bundle com.acme.typo");
        KnownPid roles = new KnownPid("io.jobyard.roles", true, Map.of("members", ""), Set.of());
        Finding absent = new Finding("io.jobyard.roles-ops", "it lists a bundle that is not installed", "mend it");

        ConfigurationState role = new WrittenConfiguration(
                        "io.jobyard.roles-ops", "roles-ops.cfg", values, kept, List.of(absent))
                .inForce(roles);

        assertThat(role.values())
                .containsExactly(new ConfigurationValue(
                        "members", "bundle com.acme.typo", ValueSource.FILE, "roles-ops.cfg", null));
        assertThat(role.problems()).containsExactly(absent);
    }

    @Test
    void aKeyThatNobodyReadsHasNothingInForce() {
        assertThat(inForce(Map.of("pool.sise", "20"), Map.of(), REFUSED))
                .contains(new ConfigurationValue("pool.sise", "", ValueSource.NONE, null, "(hidden)"));
    }

    @Test
    void aFactorysThatWasNeverGoodHasNothingInForce() {
        KnownPid limits = new KnownPid("io.jobyard.limits", true, Map.of("running.max", ""), Set.of());
        Finding refused = new Finding("io.jobyard.limits-a", "rate.x is refused", "mend it");
        WrittenConfiguration written = new WrittenConfiguration(
                "io.jobyard.limits-a", null, Map.of("rate.x", "5"), Map.of(), List.of(refused));
        assertThat(written.inForce(limits).values())
                .containsExactly(
                        new ConfigurationValue("rate.x", "", ValueSource.NONE, null, "(hidden)"),
                        new ConfigurationValue("running.max", "", ValueSource.NONE, null, null));
        assertThat(written.inForce(limits).problems()).containsExactly(refused);
    }

    @Test
    void whatConfigAdminGotElsewhereSaysSo() {
        WrittenConfiguration written =
                new WrittenConfiguration("io.jobyard.limits-a", null, Map.of("rate.x", "5/s"), Map.of(), List.of());
        assertThat(written.inForce(null).values())
                .containsExactly(new ConfigurationValue("rate.x", "5/s", ValueSource.CONFIG_ADMIN, null, null));
    }

    private static List<ConfigurationValue> inForce(
            Map<String, String> written, Map<String, String> lastGood, Finding... problems) {
        return new WrittenConfiguration(
                        "io.jobyard.store", "io.jobyard.store.cfg", written, lastGood, List.of(problems))
                .inForce(STORE)
                .values();
    }
}
