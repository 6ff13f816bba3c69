// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Configures the endpoint for webhooks of a servlet application, if the property {@code jobyard.webhook.path} is set. Each
 * verified call is published as a {@link WebhookEvent}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("jobyard.webhook.path")
@EnableConfigurationProperties(WebhookProperties.class)
public class WebhookAutoConfiguration {

    /** Creates the configuration, without dependencies. */
    public WebhookAutoConfiguration() {}

    @Bean
    WebhookEndpoint jobyardWebhookEndpoint(WebhookProperties properties, ApplicationEventPublisher publisher) {
        return new WebhookEndpoint(properties.keys(), publisher, Clock.systemUTC());
    }
}
