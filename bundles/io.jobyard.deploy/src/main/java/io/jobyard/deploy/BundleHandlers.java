// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Determines the deployment outcome of a bundle from its handlers. */
final class BundleHandlers {

    private final HandlerCatalog catalog;

    BundleHandlers(HandlerCatalog catalog) {
        this.catalog = catalog;
    }

    /** Returns all handlers except draining ones. */
    private List<HandlerInfo> there() {
        return catalog.handlers().stream()
                .filter(handler -> !handler.state().equals("draining"))
                .toList();
    }

    /** Returns how many of the bundle's handlers the host has accepted or refused. */
    long came(Bundle bundle) {
        return there().stream()
                        .filter(handler -> handler.bundleId() == bundle.getBundleId())
                        .count()
                + catalog.refused().stream()
                        .filter(handler -> handler.bundleId() == bundle.getBundleId())
                        .count();
    }

    boolean serves(Bundle bundle) {
        return there().stream().anyMatch(handler -> handler.bundleId() == bundle.getBundleId());
    }

    /** {@code before} is the bundle that it replaces. */
    DeployOutcome outcome(Bundle bundle, @Nullable Bundle before) {
        List<HandlerInfo> all = there();
        List<HandlerInfo> own = all.stream()
                .filter(handler -> handler.bundleId() == bundle.getBundleId())
                .toList();
        return refused(bundle)
                .or(() -> duplicate(own, all, before))
                .or(() -> held(own))
                .orElseGet(() -> own.isEmpty()
                        ? noHandler(before)
                        : DeployOutcome.inUse(
                                own.stream().map(BundleHandlers::name).collect(Collectors.joining(", "))));
    }

    private Optional<DeployOutcome> refused(Bundle bundle) {
        return catalog.refused().stream()
                .filter(handler -> handler.bundleId() == bundle.getBundleId())
                .findFirst()
                .map(handler -> DeployOutcome.refused(
                        "handler of " + handler.type() + " is refused: " + handler.reason(),
                        "fix it and copy the jar again"));
    }

    private static Optional<DeployOutcome> duplicate(
            List<HandlerInfo> own, List<HandlerInfo> all, @Nullable Bundle before) {
        for (HandlerInfo handler : own) {
            Optional<HandlerInfo> first = all.stream()
                    .filter(other -> name(other).equals(name(handler)))
                    .findFirst();
            if (first.isPresent()
                    && first.get().bundleId() != handler.bundleId()
                    && (before == null || first.get().bundleId() != before.getBundleId())) {
                return Optional.of(DeployOutcome.refused(
                        "two bundles provide " + name(handler) + ": "
                                + first.get().bundle() + " was deployed first and is used",
                        "delete one of the two jars, or give this handler a higher version"));
            }
        }
        return Optional.empty();
    }

    private static Optional<DeployOutcome> held(List<HandlerInfo> own) {
        List<String> states = own.stream().map(HandlerInfo::state).distinct().toList();
        if (states.equals(List.of("excluded"))) {
            HandlerInfo handler = own.get(0);
            return Optional.of(DeployOutcome.held(
                    name(handler) + " is not in the version range of io.jobyard.types-" + handler.type(),
                    "change the range to use this handler",
                    false));
        }
        return states.equals(List.of("quarantined"))
                ? Optional.of(DeployOutcome.held("it is quarantined", "see the doctor for the reason", true))
                : Optional.empty();
    }

    private DeployOutcome noHandler(@Nullable Bundle before) {
        return before != null && serves(before)
                ? DeployOutcome.refused(
                        "it has no handler, but the jar that it would replace has one",
                        "annotate the handler with @Component and @HandlesJob; to remove the handler, delete the jar")
                : DeployOutcome.resolved();
    }

    private static String name(HandlerInfo handler) {
        return handler.type() + " " + handler.version();
    }
}
