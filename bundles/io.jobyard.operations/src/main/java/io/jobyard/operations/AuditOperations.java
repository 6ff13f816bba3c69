// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationResult;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.AuditView;
import java.util.List;

/** Operations on the audit. */
final class AuditOperations {

    private static final int AUDITED = 100;
    private static final List<String> ACTIONS = List.of(
            ("cancel,retry,change,signal,bulk cancel,bulk retry,bulk change,bulk delete,bulk run-now,schedule,limit,queue,"
                            + "pause,resume,drain,release,backup,check,compact,purge,configure,rollback,install,update,"
                            + "uninstall,user-add,user-password,user-disable,user-enable,token-create,token-revoke,sign-in,"
                            + "sign-out,session-revoke,begin,cut,refused,seal")
                    .split(","));

    private final Access access;
    private final AuditTrail audit;

    AuditOperations(Access access, AuditTrail audit) {
        this.access = access;
        this.audit = audit;
    }

    List<Operation> all() {
        return List.of(
                Operation.get("/audit", "readAudit")
                        .says("Show the audit: actions of operators, changes, and refused requests.")
                        .needs(AccessRule.AUDIT)
                        .takes(
                                Input.of(
                                        "since",
                                        InputType.TIME,
                                        "only entries at or after this time: an instant, a time of day such as 18:30, or an age such as 2h"),
                                Input.text("who", "only entries of callers whose name contains this text"),
                                Input.text(
                                                "action",
                                                "only entries of this action; entries of seal are listed only for action seal")
                                        .among(ACTIONS),
                                Input.whole("limit", "maximum number of entries to list, newest first", 1, 10_000)
                                        .byDefault(AUDITED))
                        .answers(200, AuditView.ENTRIES)
                        .by(this::audit),
                Operation.post("/audit/proof", "proveAudit")
                        .says(
                                "Verify all rows of the audit and the histories of all finished jobs. The answer names the first"
                                        + " row or history that was changed or is missing.")
                        .needs(AccessRule.AUDIT)
                        .answers(200, AuditView.PROOF)
                        .readsOnly()
                        .by(call -> {
                            access.require(call.caller(), AccessRule.AUDIT);
                            return OperationResult.of(AuditView.PROOF, audit.verify());
                        }));
    }

    private OperationResult audit(OperationCall call) {
        access.require(call.caller(), AccessRule.AUDIT);
        Inputs inputs = call.inputs();
        String action = inputs.text("action");
        List<AuditRow> found =
                audit.find(inputs.past("since"), inputs.text("who"), action, inputs.number("limit", AUDITED));
        if (found.isEmpty() && action != null && !ACTIONS.contains(action)) {
            throw new ValidationException(
                    "action",
                    "unknown action '" + action + "'" + Spelling.hint(action, ACTIONS) + "; use "
                            + String.join(", ", ACTIONS));
        }
        return OperationResult.of(AuditView.ENTRIES, found);
    }
}
