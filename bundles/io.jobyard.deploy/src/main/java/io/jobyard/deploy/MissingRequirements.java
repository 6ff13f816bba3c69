// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Finder of requirements that no bundle provides, now or after the removal of a bundle. */
final class MissingRequirements {

    private static final Pattern JAVA = Pattern.compile("\\(osgi\\.ee=JavaSE\\).*?\\(version=([\\d.]+)\\)");
    private static final Pattern FROM = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");
    private static final Pattern NAME = Pattern.compile("\\(([\\w.]+)=([^)]+)\\)");

    private final FrameworkWiring framework;
    private final Set<Bundle> seen = new HashSet<>();

    MissingRequirements(FrameworkWiring framework) {
        this.framework = framework;
    }

    /** Returns empty if all requirements are satisfied. */
    Optional<DeployOutcome> of(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || !seen.add(bundle)) {
            return Optional.empty();
        }
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (isNeeded(requirement)) {
                Collection<BundleCapability> offers = framework.findProviders(requirement);
                Optional<DeployOutcome> why = offers.isEmpty() ? Optional.of(refused(requirement)) : unresolved(offers);
                if (why.isPresent()) {
                    return why;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNeeded(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, "");
        String effective = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, "");
        return (resolution.isEmpty() || resolution.equals(Namespace.RESOLUTION_MANDATORY))
                && (effective.isEmpty() || effective.equals(Namespace.EFFECTIVE_RESOLVE));
    }

    /** Returns a requirement of others that only this bundle satisfies; empty if the bundle may be removed. */
    Optional<DeployOutcome> without(Bundle gone) {
        BundleWiring wiring = gone.adapt(BundleWiring.class);
        if (wiring == null) {
            return Optional.empty();
        }
        for (BundleWire wire : wiring.getProvidedWires(null)) {
            BundleRequirement requirement = wire.getRequirement();
            Bundle user = wire.getRequirer().getBundle();
            if (!user.equals(gone)
                    && isNeeded(requirement)
                    && framework.findProviders(requirement).stream()
                            .allMatch(offer -> offer.getRevision().getBundle().equals(gone))) {
                return Optional.of(DeployOutcome.refused(
                        user.getSymbolicName() + " " + user.getVersion() + " needs " + name(requirement)
                                + ", which only the bundle that it would replace provides",
                        "copy it under another name, so that both are installed"));
            }
        }
        return Optional.empty();
    }

    /** Returns why the providers are not resolved; empty if one is resolved. */
    private Optional<DeployOutcome> unresolved(Collection<BundleCapability> offers) {
        Optional<DeployOutcome> why = Optional.empty();
        for (BundleCapability offer : offers) {
            Bundle offering = offer.getRevision().getBundle();
            if (offering.getState() != Bundle.INSTALLED) {
                return Optional.empty();
            }
            why = of(offering)
                    .map(outcome -> DeployOutcome.refused(
                            "needs " + offering.getSymbolicName() + " " + offering.getVersion() + ", which "
                                    + outcome.detail(),
                            outcome.fix()));
        }
        return why;
    }

    private static DeployOutcome refused(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        Matcher java = JAVA.matcher(filter);
        if (java.find()) {
            return DeployOutcome.refused(
                    "needs Java " + java.group(1) + " or later; this host runs on Java "
                            + Runtime.version().feature(),
                    "build it for Java " + Runtime.version().feature() + ", or run the host on a later version");
        }
        return requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? DeployOutcome.refused(
                        "needs " + name(requirement) + ", but no bundle exports it",
                        "copy the bundle that exports it into deploy/ too, or embed it")
                : DeployOutcome.refused(
                        "needs " + name(requirement) + ", but no bundle provides it",
                        "copy the bundle that provides it into deploy/ too, or build against a version that this host provides");
    }

    private static String name(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        String namespace = requirement.getNamespace();
        Matcher name = NAME.matcher(filter);
        String what = name.find() && name.group(1).equals(namespace) ? name.group(2) + range(filter) : filter;
        return (namespace.equals(PackageNamespace.PACKAGE_NAMESPACE) ? "package" : namespace) + " " + what;
    }

    /** Formats a range as in a manifest. */
    private static String range(String filter) {
        Matcher from = FROM.matcher(filter.replaceAll(BELOW.pattern(), ""));
        Matcher below = BELOW.matcher(filter);
        if (!from.find()) {
            return "";
        }
        return below.find() ? " [" + from.group(1) + "," + below.group(1) + ")" : " " + from.group(1);
    }
}
