// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ScheduleSettingsTest {

    private static ScheduleSettings read(Map<String, ?> raw) {
        SettingsReader reader = new SettingsReader(raw);
        ScheduleSettings settings =
                ScheduleSettings.read(new ConfigurationName(ScheduleSettings.FACTORY, "nightly"), reader);
        reader.finish();
        return settings;
    }

    @Test
    void aFileSaysWhatItSays() {
        Plan plan = Objects.requireNonNull(read(Map.ofEntries(
                        Map.entry("cron", "0 2 * * *"),
                        Map.entry("zone", "Europe/Berlin"),
                        Map.entry("type", "report"),
                        Map.entry("payload", "{\"a\":1}"),
                        Map.entry("as", "ann"),
                        Map.entry("missed", "all:3"),
                        Map.entry("overlap", "cancel"),
                        Map.entry("jitter.seconds", "30"),
                        Map.entry("max.retries", "0"),
                        Map.entry("queue", "night"),
                        Map.entry("calendars", "holidays, office")))
                .plan());
        assertThat(plan.name()).isEqualTo("nightly");
        assertThat(plan.timing().text()).isEqualTo("cron 0 2 * * * Europe/Berlin calendars holidays,office");
        assertThat(plan.owner()).hasToString("user ann");
        assertThat(plan.asked().job().payload()).isEqualTo(Map.of("a", 1));
        assertThat(plan.asked().job().runs().maxRetries()).isZero();
        assertThat(plan.asked().missed().policy().text()).isEqualTo("all:3");
        assertThat(plan.asked().overlap().text()).isEqualTo("cancel");
        assertThat(plan.isFromFile()).isTrue();
        assertThat(Objects.requireNonNull(
                                read(Map.of("every", "5m", "type", "x")).plan())
                        .owner())
                .hasToString("bundle io.jobyard.schedules");
    }

    @Test
    void whatIsWrongIsToldWithWhatToUse() {
        assertThatThrownBy(() -> read(Map.of(
                        "cron",
                        "0 25 * * *",
                        "zone",
                        "Mars",
                        "missed",
                        "some",
                        "overlap",
                        "x",
                        "payload",
                        "[",
                        "end",
                        "x")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll(
                        "invalid zone: use a time zone such as Europe/Berlin",
                        "invalid missed: unknown missed policy (value)",
                        "invalid overlap",
                        "invalid payload",
                        "invalid end",
                        "type is missing",
                        "invalid cron (value)");
        assertThatThrownBy(() -> read(Map.of("cron", "@daily", "every", "5m", "type", "x")))
                .hasMessageContaining("cron, every and delay cannot be combined: give one");
        assertThatThrownBy(() -> read(Map.of("type", "x")))
                .hasMessageContaining("schedule nightly has no times: set one of cron, every and delay");
    }

    @Test
    void aQuartzExpressionKeepsItsSyntaxWhenStored() {
        Plan plan = Objects.requireNonNull(read(Map.of("cron", "0 0 8 LW * ?", "syntax", "quartz", "type", "x"))
                .plan());
        assertThat(plan.timing().text()).isEqualTo("quartz 0 0 8 LW * ? UTC");
        Plan stored = Definition.read("nightly", Definition.write(plan));
        assertThat(stored.asked().rhythm()).isEqualTo(new Rhythm.Cron("0 0 8 LW * ?", CronSyntax.QUARTZ));
        assertThat(stored.asked().toBuilder().cron("0 0 9 LW * ?").build().rhythm())
                .isEqualTo(new Rhythm.Cron("0 0 9 LW * ?", CronSyntax.QUARTZ));
        assertThatThrownBy(() -> read(Map.of("cron", "0 0 8 LW * ?", "type", "x")))
                .hasMessageContaining("invalid cron (value)");
        assertThatThrownBy(() -> read(Map.of("cron", "@daily", "syntax", "spring", "type", "x")))
                .hasMessageContaining("invalid syntax: unknown cron syntax (value); use unix, quartz");
    }
}
