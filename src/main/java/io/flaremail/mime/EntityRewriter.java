package io.flaremail.mime;

import java.util.List;

/**
 * Walks the entities that are not valid UTF-8 and notes what to change in them. Refuses what cannot be taken apart safely.
 *
 * <p>Tests: Utf8RewriterTest, TakingApartTest, NoNewPartsTest, SignedStaysUntouchedTest, FuzzTest.
 */
final class EntityRewriter {
    /** Readers give up much earlier; without a bound a hostile message would cost its size squared. */
    static final int DEEPEST = 100;

    private final Edits edits;

    EntityRewriter(Edits edits) {
        this.edits = edits;
    }

    void rewriteMessage(Entity message) throws UnencodableContentException {
        rewrite(message, Enclosure.of(message));
    }

    private void rewrite(Entity entity, Enclosure outer) throws UnencodableContentException {
        if (entity.range.isUtf8()) {
            return;
        }
        if (entity.isMultipart() && !Ascii.isSevenBit(Multipart.delimiter(entity))) {
            throw entity.refusal("its boundary has 8-bit octets", "use an ASCII boundary, as RFC 2046 5.1.1 asks");
        }
        Enclosure enclosure = entity.message ? outer.onMessage(entity) : outer;
        if (entity.isMultipart() && !isUtf8(entity.header.first("Content-Type"))) {
            requireOneReading(entity, Multipart.of(entity), enclosure);
        }
        rewriteFields(entity.header.fields, entity, enclosure);
        if (!entity.body.isUtf8()) {
            rewriteBody(entity, enclosure.onBody(entity.type));
        }
    }

    private void rewriteFields(List<Field> fields, Entity entity, Enclosure enclosure)
            throws UnencodableContentException {
        for (Field field : fields) {
            if (!field.range.isUtf8()) {
                enclosure.seal.check(entity.location.field(field.name));
                edits.replace(field.range, FieldRewriter.rewrite(field, enclosure.charset.of(entity)));
            }
        }
    }

    /** Multiparts and messages are taken apart whatever their transfer encoding: readers ignore it. RFC 2045 6.4. */
    private void rewriteBody(Entity entity, Enclosure enclosure) throws UnencodableContentException {
        requireOneType(entity, enclosure);
        if (entity.isMultipart()) {
            rewriteParts(entity, Multipart.of(entity), enclosure);
        } else if (entity.isAttachedMessage()) {
            refuseTooDeep(entity);
            rewrite(entity.attachedMessage(), enclosure);
        } else if (entity.isReport() && entity.encoding() == TransferEncoding.IDENTITY) {
            rewriteReport(entity, enclosure);
        } else {
            enclosure.seal.check(entity.describe());
            new Leaf(entity).rewrite(edits);
            return;
        }
        relabel(entity);
    }

    private void rewriteParts(Entity entity, Multipart multipart, Enclosure enclosure)
            throws UnencodableContentException {
        requireOneReading(entity, multipart, enclosure);
        refuseTooDeep(entity);
        mask(multipart.preamble, entity, enclosure);
        int position = 1;
        for (Octets part : multipart.parts) {
            rewrite(entity.part(part, position++), enclosure);
        }
        mask(multipart.epilogue, entity, enclosure);
        if (edits.addDelimiter(entity.body, multipart.delimiter)) {
            throw entity.refusal("one of its delimiters would come into being", Multipart.OTHER_BOUNDARY);
        }
    }

    private static void requireOneType(Entity entity, Enclosure enclosure) throws UnencodableContentException {
        if (entity.isOddMultipart()
                || entity.isOddMessage()
                || entity.hasContradictoryTypes()
                || entity.header.hasForSome("Content-Type")) {
            enclosure.seal.check(entity.describe());
            throw entity.refusal("readers may disagree about its type", "correct its Content-Type field");
        }
        if (entity.header.hasForSome(TransferEncoding.FIELD)) {
            enclosure.seal.check(entity.describe());
            throw entity.refusal(
                    "readers may disagree about its encoding", "correct its " + TransferEncoding.FIELD + " field");
        }
    }

    private static boolean isUtf8(Field field) {
        return field == null || field.range.isUtf8();
    }

    /** Changing the type's field must not change where readers see the parts begin. */
    private static void requireOneReading(Entity entity, Multipart multipart, Enclosure enclosure)
            throws UnencodableContentException {
        if (multipart.problem != null) {
            enclosure.seal.check(entity.describe());
            throw entity.refusal(multipart.problem, multipart.remedy);
        }
    }

    private static void refuseTooDeep(Entity entity) throws UnencodableContentException {
        if (entity.depth >= DEEPEST) {
            throw entity.refusal("it is nested more than " + DEEPEST + " levels deep", "nest less");
        }
    }

    /** What precedes the first part and follows the last is for nobody. RFC 2046 5.1.1. */
    private void mask(Octets range, Entity entity, Enclosure enclosure) throws UnencodableContentException {
        if (!range.isUtf8()) {
            enclosure.seal.check(entity.describe());
            edits.replace(range, range.masked());
        }
    }

    /** These types must not be encoded, but their fields can be mended like those of any header. RFC 3464 2.1. */
    private void rewriteReport(Entity entity, Enclosure enclosure) throws UnencodableContentException {
        Octets rest = entity.body;
        while (rest.length() > 0) {
            Header group = new Header(rest);
            rewriteFields(group.fields, entity, enclosure);
            rest = rest.between(rest.nextLine(group.end), rest.end);
        }
    }

    private void relabel(Entity entity) {
        Field field = entity.header.first(TransferEncoding.FIELD);
        if (field != null && edits.touch(entity.body) && edits.leaveSevenBit(entity.body)) {
            String label = TransferEncoding.label(field.value);
            if (label.equals("8bit") || label.equals("binary")) {
                edits.replace(field.range, Ascii.bytes(TransferEncoding.FIELD + ": 7bit"));
            }
        }
    }
}
