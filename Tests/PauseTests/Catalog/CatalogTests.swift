import JSON
import Testing

@testable import Pause

@Suite("The shop's catalogue")
struct CatalogTests {
    private let catalog = ProductCatalog.standard

    @Test("It has at least 63 products of four brands, each with its own id and name")
    func size() {
        #expect(catalog.products.count >= 63)
        #expect(Set(catalog.products.map(\.id)).count == catalog.products.count)
        #expect(Set(catalog.products.map(\.name)).count == catalog.products.count)
        #expect(Set(catalog.products.compactMap(\.brand)) == ProductCatalog.brands)
        #expect(
            Set(catalog.products.flatMap(\.baseTags)) == [
                "bar", "biscuit", "chip", "dairy", "drink", "fruit", "meal_replacement", "nut",
            ])
    }

    @Test("Tags are known, tell the truth, and are shared by several products")
    func tags() {
        var counts: [String: Int] = [:]
        for product in catalog.products {
            let variants = product.tags.filter { !ProductCatalog.brands.contains($0) }
            #expect(Set(variants).isSubset(of: Set(ProductCatalog.variantTags)), "\(product.name)")
            #expect(!(variants.contains("low_sugar") && variants.contains("high_sugar")))
            #expect(product.nutrition.calories > 0, "\(product.name)")
            #expect(product.nutrition.sugar >= 0)
            for tag in variants { counts[tag, default: 0] += 1 }
        }
        print("tags: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        for tag in ProductCatalog.variantTags { #expect(counts[tag] ?? 0 >= 3, "\(tag)") }
    }

    @Test("About four of ten products are discounted, about half of those for members only")
    func discounts() {
        let discounted = catalog.products.filter { $0.discountFactor < 1 }
        let share = Double(discounted.count) / Double(catalog.products.count)
        let members = Double(discounted.filter(\.isDiscountVIPOnly).count) / Double(discounted.count)
        #expect((0.3...0.5).contains(share))
        #expect((0.3...0.7).contains(members))
        #expect(discounted.allSatisfy { (0.5...0.8).contains($0.discountFactor) })
        #expect(catalog.products.allSatisfy { $0.discountFactor < 1 || !$0.isDiscountVIPOnly })
    }

    @Test("Five packs cost as much as four and a half")
    func sizes() {
        for product in catalog.products {
            #expect(product.options.map(\.size) == ["single_pack", "pack_5"])
            #expect(product.options[1].price == Money.rounded(product.options[0].price * 4.5))
        }
    }

    @Test("Both documents are read back as they were written")
    func documents() throws {
        let read = try ProductCatalog(log: catalog.logJSON, details: catalog.detailsJSON)
        #expect(read.products == catalog.products)
        #expect(read.detailsJSON.isIdentical(to: catalog.detailsJSON))
    }

    @Test("A product without details is refused by name")
    func missingDetails() {
        let error = #expect(throws: (any Error).self) {
            _ = try ProductCatalog(log: [["product_id": "p_x"]], details: [:])
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("'p_x'"))
    }

    @Test(
        "Rounding is Python's",
        arguments: [
            (2.675, 2, 2.67), (0.125, 2, 0.12), (0.375, 2, 0.38), (1.005, 2, 1.0), (-2.5, 0, -2), (4.45, 1, 4.5),
        ])
    func rounding(_ value: Double, _ digits: Int, _ expected: Double) {
        #expect(roundedLikePython(value, digits) == expected)
    }

    @Test("Twenty-two meals of three kinds")
    func meals() {
        #expect(CatalogMeal.meals(.breakfast).count == 8)
        #expect(CatalogMeal.meals(.lunchDinner).count == 8)
        #expect(CatalogMeal.meals(.snack).count == 6)
        #expect(Set(CatalogMeal.all.map(\.id)).count == 22)
    }
}
