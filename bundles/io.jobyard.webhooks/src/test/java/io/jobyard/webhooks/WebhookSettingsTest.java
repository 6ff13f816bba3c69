// SPDX-License-Identifier: Apache-2.0
package io.jobyard.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {

    @Test
    void theEndsOfAllJobsAreToldUnlessItSaysOtherwise() {
        WebhookSettings settings =
                WebhookSettings.read(new SettingsReader(Map.of("url", "http://10.1.2.3:8080/x", "secret", "hook")));
        assertThat(settings.events().states())
                .containsExactlyInAnyOrder(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED);
        assertThat(settings.maxRetries()).isEqualTo(10);
        assertThat(settings.timeout()).hasSeconds(30);
        assertThat(settings).hasToString("url = http://10.1.2.3:8080/x, events = [COMPLETED, FAILED, CANCELLED]");
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://example.com, 'use a URL without a user, for example https://example.com/hooks'",
        "url, https://ann:pw@example.com, 'use a URL without a user, for example https://example.com/hooks'",
        "url, 'https://exa mple', 'use a URL, for example https://example.com/hooks'",
        "events, 'completed, ended', 'use some of waiting, queued, running, completed, failed, cancelled'",
        "secret, 'a b', 'use a name with the characters A-Z a-z 0-9 . _ -'",
        "max.retries, 11, use a whole number from 0 to 10",
        "tipes, a, unknown key"
    })
    void whatIsWrongIsToldWithWhatToUse(String key, String value, String message) {
        Settings<WebhookSettings> settings =
                new Settings<>("io.jobyard.webhooks-a", WebhookSettings.SHUT, WebhookSettings::read, LastGood.none());
        java.util.HashMap<String, Object> raw =
                new java.util.HashMap<>(Map.of("url", "https://example.com", "secret", "hook"));
        raw.put(key, value);
        settings.update(raw);
        assertThat(settings.current().url()).as("closed").isNull();
        assertThat(settings.examine())
                .extracting(Finding::problem)
                .anySatisfy(problem -> assertThat(problem).contains(message));
    }

    @Test
    void whatIsMissingIsTold() {
        Settings<WebhookSettings> settings =
                new Settings<>("io.jobyard.webhooks-a", WebhookSettings.SHUT, WebhookSettings::read, LastGood.none());
        settings.update(Map.of());
        assertThat(settings.examine())
                .extracting(Finding::problem)
                .containsExactlyInAnyOrder(
                        "url is missing: set the receiver, for example https://example.com/hooks",
                        "secret is missing: name the secret that signs deliveries");
    }
}
