// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import io.jobyard.api.Finding;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.spi.Examiner;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of the configured endpoints. */
@Component(service = {Endpoints.class, Examiner.class})
public final class Endpoints implements Examiner {

    private static final Duration LATER = Duration.ofSeconds(30);

    /** Time after the start of the bundle in which missing configurations may still arrive. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration SOON = Duration.ofSeconds(2);

    private final Set<ConfiguredEndpoint> configured = new CopyOnWriteArraySet<>();
    private final long settledAt;

    @Activate
    public Endpoints() {
        this(SETTLING);
    }

    /** For tests: {@code settling} is the time in which missing configurations may still arrive. */
    public Endpoints(Duration settling) {
        settledAt = System.nanoTime() + settling.toNanos();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindEndpoint(ConfiguredEndpoint endpoint) {
        configured.add(endpoint);
    }

    public void unbindEndpoint(ConfiguredEndpoint endpoint) {
        configured.remove(endpoint);
    }

    /**
     * Returns the endpoint for a model.
     *
     * @param name name of the endpoint; null for the first one, by name, that serves the model
     * @throws PermanentException if the endpoint is unknown or does not serve the model; the message lists the available ones
     * @throws SleepException in the same cases, while the bundle starts
     * @throws RetryableException if its configuration was never valid, because an administrator can fix it
     */
    public Endpoint serving(@Nullable String name, String model) {
        if (name == null) {
            return find(null, model).orElseThrow(() -> missing("no endpoint serves model " + model));
        }
        Endpoint endpoint = named(name).orElseThrow(() -> missing("unknown endpoint " + name));
        if (!endpoint.isInForce()) {
            throw new RetryableException("invalid configuration of endpoint " + name + ": see the doctor", LATER, null);
        }
        if (endpoint.model(model).isEmpty()) {
            throw missing("endpoint " + name + " does not serve model " + model);
        }
        return endpoint;
    }

    private RuntimeException missing(String what) {
        return System.nanoTime() - settledAt < 0
                ? new SleepException(what + " yet", SOON)
                : new PermanentException(what + ": " + listed());
    }

    /** Returns the endpoint, if it exists; a named endpoint may not serve the model. */
    public Optional<Endpoint> find(@Nullable String name, String model) {
        return name == null
                ? all().filter(endpoint -> endpoint.model(model).isPresent()).findFirst()
                : named(name);
    }

    /** Returns the endpoint with this name, even if its configuration is invalid. */
    private Optional<Endpoint> named(String name) {
        return all().filter(endpoint -> endpoint.name().equals(name)).findFirst();
    }

    /** Returns the endpoints to try instead of one, in order, with the model. */
    public List<Endpoint> fallbacks(Endpoint endpoint, String model) {
        return endpoint.fallbacks().stream()
                .flatMap(name -> named(name).stream())
                .filter(other -> other.model(model).isPresent())
                .toList();
    }

    private Stream<Endpoint> all() {
        return configured.stream().map(ConfiguredEndpoint::current).sorted(Comparator.comparing(Endpoint::name));
    }

    private String listed() {
        String all = all().map(endpoint -> endpoint.name() + " serves "
                        + (endpoint.isInForce()
                                ? endpoint.models().keySet().stream().sorted().collect(Collectors.joining(", "))
                                : "nothing, because its configuration is invalid"))
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? "write etc/" + EndpointSettings.FACTORY + "-NAME.cfg" : all;
    }

    @Override
    public List<Finding> examine() {
        return all().flatMap(endpoint -> endpoint.fallbacks().stream()
                        .filter(other -> named(other).isEmpty())
                        .map(other -> new Finding(
                                EndpointSettings.FACTORY + "-" + endpoint.name(),
                                "unknown fallback endpoint " + other,
                                "write etc/" + EndpointSettings.FACTORY + "-" + other
                                        + ".cfg, or remove it from fallbacks")))
                .toList();
    }
}
