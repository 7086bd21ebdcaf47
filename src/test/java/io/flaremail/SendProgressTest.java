package io.flaremail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flaremail.Envelope.Recipient;
import io.flaremail.api.SendOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** The statuses of recipients while requests go out, and when adding an outcome fails. */
class SendProgressTest {
    private static final List<String> FIRST = List.of("a@example.net");
    private static final List<String> BOTH = List.of("a@example.net", "b@example.net");

    private final SendProgress progress = new SendProgress(
            Arrays.stream(Mail.addresses("a@example.net", "b@example.net"))
                    .map(Recipient::new)
                    .toList(),
            null);

    @Test
    void aRequestThatHasBegunMayHaveBeenAccepted() {
        progress.begin(FIRST);
        assertEquals(List.of(RecipientStatus.UNKNOWN, RecipientStatus.UNSENT), statuses());
    }

    /** With little memory the outcome of an accepted request may be impossible to add: it stays in doubt, as a whole. */
    @Test
    void anErrorWhileAnOutcomeIsAddedLeavesDoubt() {
        SendOutcome outcome = Mockito.mock(SendOutcome.class);
        Mockito.when(outcome.getKind()).thenReturn(SendOutcome.Kind.ACCEPTED);
        Mockito.when(outcome.getResult()).thenThrow(new OutOfMemoryError("in a test"));
        progress.begin(BOTH);
        assertThrows(OutOfMemoryError.class, () -> progress.add(BOTH, outcome));
        assertEquals(List.of(RecipientStatus.UNKNOWN, RecipientStatus.UNKNOWN), statuses());
    }

    /** An Error passes to the application only when nothing was sent. */
    @Test
    void whatIsSentIsKnown() {
        assertFalse(progress.isAnythingSent());
        progress.markUnusable(true);
        assertFalse(progress.isAnythingSent());
        progress.begin(FIRST);
        assertTrue(progress.isAnythingSent(), "it may be");
        SendOutcome outcome = Mockito.mock(SendOutcome.class);
        Mockito.when(outcome.getKind()).thenReturn(SendOutcome.Kind.REFUSED);
        Mockito.when(outcome.getResult()).thenReturn(Optional.empty());
        Mockito.when(outcome.getErrors()).thenReturn(List.of());
        progress.add(FIRST, outcome);
        assertFalse(progress.isAnythingSent(), "refused");
        SendProgress invalid =
                new SendProgress(List.of(new Recipient(Mail.addresses("b\u00fcro@example.net")[0])), null);
        invalid.markUnusable(true);
        assertFalse(invalid.isAnythingSent(), "invalid");
    }

    @Test
    void anUnsentRequestLeavesNoDoubt() {
        SendOutcome outcome = Mockito.mock(SendOutcome.class);
        Mockito.when(outcome.getKind()).thenReturn(SendOutcome.Kind.UNSENT);
        Mockito.when(outcome.getResult()).thenReturn(Optional.empty());
        Mockito.when(outcome.getErrors()).thenReturn(List.of());
        progress.begin(BOTH);
        progress.add(BOTH, outcome);
        assertEquals(List.of(RecipientStatus.UNSENT, RecipientStatus.UNSENT), statuses());
    }

    private List<RecipientStatus> statuses() {
        return progress.recipients().stream().map(RecipientOutcome::getStatus).toList();
    }
}
