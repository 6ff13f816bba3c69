// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration of the endpoint for webhooks. A snapshot.
 *
 * @param path Path that receives webhooks of the host, for example /hooks/jobyard. Without it, the endpoint is disabled.
 * @param secrets Secrets that sign the webhooks. A call must have a signature of one of them. Required with a path.
 */
@ConfigurationProperties("jobyard.webhook")
record WebhookProperties(String path, @DefaultValue List<String> secrets) {

    /** Returns the keys of the secrets. Fails with the name of an invalid property and the fix. */
    List<WebhookKey> keys() {
        if (!path.startsWith("/")) {
            throw new InvalidConfigurationPropertyValueException(
                    "jobyard.webhook.path", path, "it must begin with /, for example /hooks/jobyard");
        } else if (secrets.isEmpty()) {
            throw invalid("missing secret: the endpoint accepts signed calls only; set the secret of the webhook");
        }
        try {
            return secrets.stream().map(WebhookKey::of).toList();
        } catch (IllegalArgumentException e) {
            throw invalid("invalid secret: use a text, or whsec_ and base64");
        }
    }

    /** Omits the value, because anyone may read the log. */
    private static InvalidConfigurationPropertyValueException invalid(String reason) {
        return new InvalidConfigurationPropertyValueException("jobyard.webhook.secrets", "", reason);
    }

    /** Omits the secrets, for logs. */
    @Override
    public String toString() {
        return "jobyard.webhook.path=" + path;
    }
}
