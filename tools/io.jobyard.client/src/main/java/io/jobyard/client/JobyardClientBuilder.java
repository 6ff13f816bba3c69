// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builder of clients. For one thread at a time. */
public final class JobyardClientBuilder {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final URI address;
    private @Nullable TokenSource token;
    private Duration timeout = TIMEOUT;
    private boolean plainHttp;
    private UnaryOperator<HttpClient.Builder> http = UnaryOperator.identity();
    private ClientObserver observer = request -> {};

    JobyardClientBuilder(URI address) {
        this.address = address;
    }

    /**
     * Sets the token for the host.
     *
     * @param text the token
     * @return this builder
     */
    public JobyardClientBuilder token(String text) {
        String checked = TokenSource.checked(text, "the text that was given");
        token = () -> checked;
        return this;
    }

    /**
     * Sets the file with the token for the host. The client reads the file for each request, so that it uses a new
     * token immediately. Only the file's owner may have permission to read it.
     *
     * @param file the file, which contains only the token
     * @return this builder
     */
    public JobyardClientBuilder tokenFile(Path file) {
        token = TokenSource.file(file);
        return this;
    }

    /**
     * Sets how long a call may take, including repeated requests to an unavailable host.
     *
     * @param timeout the maximum time; default two minutes
     * @return this builder
     */
    public JobyardClientBuilder timeout(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    /**
     * Allows sending the token over an unencrypted network connection. By default, this is allowed only for a host on
     * this machine.
     *
     * @return this builder
     */
    public JobyardClientBuilder plainHttp() {
        plainHttp = true;
        return this;
    }

    /**
     * Changes how connections are made, for example with a proxy or with custom certificates.
     *
     * @param change receives the JDK's builder
     * @return this builder
     */
    public JobyardClientBuilder http(UnaryOperator<HttpClient.Builder> change) {
        http = change;
        return this;
    }

    /**
     * Sets the observer of all HTTP requests, for example for metrics. The last one set applies.
     *
     * @param observer receives each request at its end
     * @return this builder
     */
    public JobyardClientBuilder observer(ClientObserver observer) {
        this.observer = observer;
        return this;
    }

    /**
     * Creates the client. This sends no request.
     *
     * @return the client
     * @throws JobyardClientException with code {@code validation} if the address is invalid, or a token must not be
     *     sent to it
     */
    public JobyardClient build() {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "");
        if (!scheme.matches("https?") || address.getHost() == null || address.getQuery() != null) {
            throw refused("invalid host address '" + address + "'; use an address such as https://jobs.example.org");
        } else if (scheme.equals("http") && token != null && !plainHttp && !isHere(address.getHost())) {
            throw refused("a token must not go to " + address
                    + " in clear text; use https, or allow plain HTTP where the network is your own");
        }
        URI base = URI.create(address.toString().replaceFirst("/+$", ""));
        UnaryOperator<HttpClient.Builder> change = http;
        return new JobyardClient(new HttpCalls(
                base,
                token,
                () -> change.apply(HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(CONNECT))
                        .build(),
                timeout,
                observer));
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d+){3}") || host.equals("[::1]");
    }

    private static JobyardClientException refused(String message) {
        return JobyardClientException.own("validation", message, null);
    }
}
