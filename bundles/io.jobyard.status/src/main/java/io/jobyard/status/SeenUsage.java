// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobId;
import io.jobyard.api.RunUse;
import io.jobyard.api.Usage;
import io.jobyard.api.UsageQueries;
import io.jobyard.api.UsageQuery;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.handlers.HiddenFields;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage, as far as one caller may see it. */
interface SeenUsage extends UsageQueries {

    CallerSight view();

    @Override
    default List<RunUse> uses(JobId id) {
        return view().all.usage.uses(view().seen(id)).stream().map(this::shown).toList();
    }

    @Override
    default List<RunUse> allUses(Instant since, Instant until, @Nullable RunUse after, int limit) {
        view().require(AccessRule.FOLLOW);
        return view().all.usage.uses(since, until, after, limit).stream()
                .map(this::shown)
                .toList();
    }

    @Override
    default List<Usage> usage(UsageQuery query) {
        if (view().seesAll()) {
            return view().all.usage.usage(query, this::shown);
        }
        view().require(AccessRule.OVERVIEW);
        String submitter = query.submitter();
        if (submitter != null && !submitter.equals(view().caller.name())) {
            view().require(AccessRule.VIEW, submitter, "usage");
        }
        return view().all.usage.usage(query.withSubmitter(view().caller.name()), this::shown);
    }

    /** Returns the use without a hidden model, which is a field of the payload. */
    private RunUse shown(RunUse use) {
        return use.run().model() == null
                        || view().sight
                                .sees(
                                        UsageReports.MODEL,
                                        use.run().submitter(),
                                        use.run().type())
                ? use
                : use.ofModel(HiddenFields.INSTEAD);
    }
}
