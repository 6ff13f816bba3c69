// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import io.jobyard.client.JobyardClient;
import io.jobyard.client.JobyardClientBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Configuration of the client. A snapshot.
 *
 * @param url URL of the host, for example https://jobs.example.org. Required.
 * @param token Token for the host. Prefer a token file, which can be replaced while the application runs.
 * @param tokenFile File with the token for the host. Read for each request. Only its owner may have access.
 * @param timeout How long a call may take, with its repeated requests to an unavailable host.
 * @param plainHttp Whether the token may go to another machine without encryption, in a trusted network.
 */
@ConfigurationProperties("jobyard")
record JobyardProperties(
        @Nullable URI url,
        @Nullable String token,
        @Nullable Path tokenFile,
        @DefaultValue("2m") Duration timeout,
        @DefaultValue("false") boolean plainHttp) {

    /** Returns a builder with these values. Fails with the name of an invalid property and the fix. */
    JobyardClientBuilder builder() {
        if (url == null || url.toString().isEmpty()) {
            throw invalid("url", url, "missing URL: set the host's, for example https://jobs.example.org");
        } else if (token != null && tokenFile != null) {
            throw invalid("token-file", tokenFile, "jobyard.token is already set: remove one of both");
        } else if (timeout.isNegative() || timeout.isZero()) {
            throw invalid("timeout", timeout, "out of range: use a positive duration, for example 30s");
        }
        JobyardClientBuilder builder = JobyardClient.builder(url).timeout(timeout);
        if (token != null) {
            builder.token(token);
        } else if (tokenFile != null) {
            builder.tokenFile(tokenFile);
        }
        return plainHttp ? builder.plainHttp() : builder;
    }

    private static InvalidConfigurationPropertyValueException invalid(
            String name, @Nullable Object value, String reason) {
        return new InvalidConfigurationPropertyValueException("jobyard." + name, value, reason);
    }

    /** Omits the token, for logs. */
    @Override
    public String toString() {
        return "jobyard.url=" + url;
    }
}
