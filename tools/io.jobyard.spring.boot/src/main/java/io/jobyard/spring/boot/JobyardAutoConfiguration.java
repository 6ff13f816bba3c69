// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import io.jobyard.client.ClientObserver;
import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * Configures a {@link JobyardClient} from the properties {@code jobyard.*}. An application that defines its own client
 * bean can build it with the {@link JobyardClientBuilder} bean, which has the properties and the metrics.
 */
@AutoConfiguration(
        afterName = "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(JobyardProperties.class)
public class JobyardAutoConfiguration {

    /** Creates the configuration, without dependencies. */
    public JobyardAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    JobyardClientBuilder jobyardClientBuilder(JobyardProperties properties, ObjectProvider<ClientObserver> observers) {
        List<ClientObserver> all = observers.orderedStream().toList();
        return properties.builder().observer(request -> all.forEach(each -> each.requested(request)));
    }

    /** Spring closes the client when the application ends. */
    @Bean
    @ConditionalOnMissingBean
    JobyardClient jobyardClient(JobyardClientBuilder builder) {
        return builder.build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        ClientObserver jobyardRequestTimer(MeterRegistry registry) {
            return new RequestTimer(registry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Health {

        @Bean
        @ConditionalOnMissingBean(name = "jobyardHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("jobyard")
        HealthIndicator jobyardHealthIndicator(JobyardClient client) {
            return new ReadinessIndicator(client);
        }
    }
}
