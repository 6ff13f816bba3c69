// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.client.ClientObserver;
import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class JobyardAutoConfigurationTest {

    @TempDir
    private Path directory;

    private HostFixture host;
    private ApplicationContextRunner application;

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean
        JobyardClient mine() {
            return JobyardClient.builder(URI.create("https://jobs.example.org")).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ClientOfTheBuilder {

        @Bean
        JobyardClient mine(JobyardClientBuilder builder) {
            return builder.token("mine").build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Observed {

        @Bean
        AtomicInteger requests() {
            return new AtomicInteger();
        }

        @Bean
        ClientObserver first(AtomicInteger requests) {
            return request -> requests.incrementAndGet();
        }

        @Bean
        ClientObserver second(AtomicInteger requests) {
            return request -> requests.incrementAndGet();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        host = new HostFixture();
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JobyardAutoConfiguration.class))
                .withPropertyValues("jobyard.url=" + host.url());
    }

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void theClientUsesTheTokenOfTheProperties() {
        application.withPropertyValues("jobyard.token=hush").run(context -> {
            assertThat(context.getBean(JobyardClient.class).job("7").join().status())
                    .isEqualTo("queued");
            assertThat(context.getBean(JobyardProperties.class).toString()).doesNotContain("hush");
        });
        assertThat(host.tokens).containsExactly("Bearer hush");
    }

    @Test
    void theClientReadsTheTokenFileForEachRequest() throws IOException {
        Path file = Files.createFile(
                directory.resolve("token"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        application.withPropertyValues("jobyard.token-file=" + file).run(context -> {
            JobyardClient client = context.getBean(JobyardClient.class);
            Files.writeString(file, "first");
            client.job("7").join();
            Files.writeString(file, "second");
            client.job("7").join();
        });
        assertThat(host.tokens).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void theEndOfTheApplicationClosesTheClient() {
        AtomicReference<JobyardClient> client = new AtomicReference<>();
        application.run(context -> client.set(context.getBean(JobyardClient.class)));
        assertThat(client.get().job("7"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("the client is closed");
    }

    @Test
    void theTimeoutLimitsACall() {
        host.on("/api/v1/jobs/8", 503, "application/json", "{\"code\": \"store\", \"message\": \"not open\"}");
        application
                .withPropertyValues("jobyard.timeout=10ms")
                .run(context -> assertThat(context.getBean(JobyardClient.class).job("8"))
                        .failsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void anOwnClientReplacesTheClientAndNeedsNoProperty() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JobyardAutoConfiguration.class))
                .withUserConfiguration(OwnClient.class)
                .run(context ->
                        assertThat(context).hasSingleBean(JobyardClient.class).hasBean("mine"));
    }

    @Test
    void anOwnClientUsesTheBuilderWithTheProperties() {
        application
                .withPropertyValues("jobyard.token=hush")
                .withUserConfiguration(ClientOfTheBuilder.class)
                .run(context -> context.getBean(JobyardClient.class).job("7").join());
        assertThat(host.tokens).containsExactly("Bearer mine");
    }

    @Test
    void eachObserverBeanReceivesTheRequests() {
        application.withUserConfiguration(Observed.class).run(context -> {
            context.getBean(JobyardClient.class).job("7").join();
            assertThat(context.getBean(AtomicInteger.class)).hasValue(2);
        });
    }

    @Test
    void theClientNeedsNeitherActuatorNorMicrometer() {
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> context.getBean(JobyardClient.class).job("7").join());
        assertThat(host.tokens).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'jobyard.url=', 'jobyard.url', 'missing URL: set the host''s, for example https://jobs.example.org'",
        "'jobyard.token=a, jobyard.token-file=b', 'jobyard.token-file', 'jobyard.token is already set: remove one of both'",
        "'jobyard.timeout=0s', 'jobyard.timeout', 'out of range: use a positive duration, for example 30s'",
        "'jobyard.timeout=-1s', 'jobyard.timeout', 'out of range: use a positive duration, for example 30s'"
    })
    void anInvalidPropertyStopsTheStartWithItsNameAndTheFix(String properties, String name, String reason) {
        application
                .withPropertyValues(properties.split(", "))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(name)
                        .hasMessageContaining(reason));
    }

    @Test
    void aMissingUrlStopsTheStart() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(JobyardAutoConfiguration.class))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("missing URL"));
    }

    @Test
    void aTokenIsNotSentWithoutEncryptionUnlessAllowed() {
        String url = "jobyard.url=http://jobs.example.org";
        application
                .withPropertyValues(url, "jobyard.token=hush")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("a token must not go to http://jobs.example.org in clear text"));
        application
                .withPropertyValues(url, "jobyard.token=hush", "jobyard.plain-http=true")
                .run(context -> assertThat(context).hasSingleBean(JobyardClient.class));
    }
}
