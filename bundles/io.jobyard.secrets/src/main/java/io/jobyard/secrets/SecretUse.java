// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.settings.api.Origin;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a job would use a secret for.
 *
 * @param secret the name of the secret
 * @param destination where the handler would send it, or what it signs with it; null if that is nowhere, or nobody knows
 * @param type the job's type
 * @param bundle the symbolic name of the bundle whose handler would get it
 * @param submitter who submitted the job
 * @param roles the names of the submitter's roles
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

    /** Says why no policy allows it, and what to write. */
    String refusal() {
        String as = purpose == SecretPurpose.FIELD
                ? ""
                : " as " + purpose.text() + (destination == null ? " for no known origin" : " for " + destination);
        return "no policy lets " + type + " jobs of " + submitter + " (roles: "
                + (roles.isEmpty() ? "none" : String.join(", ", new TreeSet<>(roles))) + ") have it" + as
                + " in bundle " + bundle + ": write etc/" + SecretPolicies.FACTORY + "-NAME.cfg with secrets = "
                + secret
                + ", types = " + type + ", bundles = " + bundle
                + (purpose == SecretPurpose.FIELD ? "" : ", uses = " + purpose.text())
                + (destination == null ? "" : ", origins = " + destination);
    }
}
