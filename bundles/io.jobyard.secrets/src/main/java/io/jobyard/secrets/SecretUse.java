// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.settings.api.Origin;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The intended use of a secret by a job.
 *
 * @param destination the origin to which the handler would send the secret or a signed request; null without a
 *     known destination
 * @param bundle the symbolic name of the bundle whose handler would get the secret
 * @param submitter the user or bundle that submitted the job
 */
record SecretUse(
        String secret,
        SecretPurpose purpose,
        @Nullable Origin destination,
        String type,
        String bundle,
        String submitter,
        Set<String> roles) {

    SecretUse {
        roles = Set.copyOf(roles);
    }

    /** Returns the reason for the refusal, and the configuration to write. */
    String refusal() {
        String as = purpose == SecretPurpose.FIELD
                ? ""
                : " as " + purpose.text() + (destination == null ? " for no known origin" : " for " + destination);
        return "no policy lets " + type + " jobs of " + submitter + " (roles: "
                + (roles.isEmpty() ? "none" : String.join(", ", new TreeSet<>(roles))) + ") use it" + as
                + " in bundle " + bundle + "; write etc/" + SecretPolicies.FACTORY + "-NAME.cfg with secrets = "
                + secret
                + ", types = " + type + ", bundles = " + bundle
                + (purpose == SecretPurpose.FIELD ? "" : ", uses = " + purpose.text())
                + (destination == null ? "" : ", origins = " + destination);
    }
}
